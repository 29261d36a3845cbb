// A button that prints the page. It comes hidden and appears with this script, as nothing prints without one.

export function start(button) {
  const print = () => window.print();
  button.hidden = false;
  button.addEventListener("click", print);
  return () => button.removeEventListener("click", print);
}
