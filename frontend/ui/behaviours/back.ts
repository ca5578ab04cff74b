/** A page that answers a form is one that Back cannot open again, where no copy of it is kept: from here on its place in the history is opened by its address. */
export function openByAddress(): void {
  history.replaceState(history.state, "", location.href);
}
