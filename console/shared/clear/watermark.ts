// The mark on clear views: who and when, faint and everywhere, so that a photograph of the screen says whose it was.

/** A CSS image. */
export function watermark(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120">' +
    `<text x="10" y="90" transform="rotate(-14 10 90)" font-family="sans-serif" font-size="13" fill="#808080" fill-opacity="0.16">${safe}</text></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}
