// Puts our language's words in the place of the English ones that the front end writes itself: exact matches only, so that a
// version with other words shows those. `data` holds English → ours. With any such words, sizes of files get a decimal comma.
const WRITTEN = [
    "InputInstructions", "stMultiSelect", "stSelectbox", "stFileChip",
    "stDataFrameColumnMenu", "stDataFrameColumnFormattingMenu", "stDataFrameStatisticsMenu",
].map((name) => `[data-testid=${name}]`).concat("[role=dialog]", "[role=listbox]").join(", ");
const SIZE = /^(\d+)(?:\.(\d+))?\s?([KMG]?B)$/;

function sized(text) {
    const [, whole, part, unit] = SIZE.exec(text) ?? [];
    return whole && `${whole}${part ? "," + part : ""}\u00a0${unit}`;
}

export default function ({ data }) {
    const ours = new Map(Object.entries(data ?? {}));
    const labels = [...ours.keys()].map((word) => `[aria-label=${JSON.stringify(word)}]`).join(", ");
    let due = 0;

    function put() {
        due = 0;
        for (const place of document.querySelectorAll(labels)) {
            place.setAttribute("aria-label", ours.get(place.getAttribute("aria-label")));
        }
        for (const place of document.querySelectorAll(WRITTEN)) {
            const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const written = texts.currentNode.nodeValue;
                const word = ours.get(written) ?? (ours.size ? sized(written) : undefined);
                if (word) texts.currentNode.nodeValue = word;
            }
        }
    }

    if (ours.size === 0) return undefined;
    const watch = new MutationObserver(() => { due ||= requestAnimationFrame(put); });
    watch.observe(document.body, { childList: true, subtree: true });
    put();
    return () => { watch.disconnect(); cancelAnimationFrame(due); };
}
