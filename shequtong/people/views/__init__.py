"""Pages of the registry (人房登记)."""
