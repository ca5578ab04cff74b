declare module "@alpinejs/csp" {
  const Alpine: { start(): void };
  export default Alpine;
}
