// Runs the page again when the system turns dark or light: the colours of charts are made on the server.
export default function ({ setTriggerValue }) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const again = () => setTimeout(() => setTriggerValue("turned", dark.matches), 100);  // after the front end has turned
    dark.addEventListener("change", again);
    return () => dark.removeEventListener("change", again);
}
