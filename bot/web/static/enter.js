// Enter sends what is written, as in every messenger; Shift and Enter makes a new line. Everything works without this.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!event.target.matches?.(".composer textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// A button that was pressed may be gone with what it changed: the focus stays at the message it stood in.
let last = null;
let home = "";
document.addEventListener("focusin", ({ target }) => {
  last = target;
  home = target.closest("li[id], #sag-kort, main")?.id ?? "";
});
document.addEventListener("htmx:after:swap", () => {
  const place = document.getElementById(home);
  if (document.activeElement !== document.body || last?.isConnected || !place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
});
