// The few pieces of SVG that the charts are made of. Colours follow the reader's light or dark setting; every chart says in words what it shows.

export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The text alternative: everything the drawing says. */
  readonly description: string;
}

type Attributes = Readonly<Record<string, string | number>>;

const LIGHT = {
  ground: "#ffffff",
  ink: "#1f2328",
  dim: "#59636e",
  line: "#d1d9e0",
  met: "#1a7f37",
  missed: "#cf222e",
  series: ["#0969da", "#bc4c00", "#1a7f37", "#8250df"],
};
const DARK: typeof LIGHT = {
  ground: "#0d1117",
  ink: "#f0f6fc",
  dim: "#9198a1",
  line: "#3d444d",
  met: "#3fb950",
  missed: "#f85149",
  series: ["#58a6ff", "#f0883e", "#3fb950", "#bc8cff"],
};
/** No more lines than can be told apart. */
export const SERIES_MAX = LIGHT.series.length;

export function chart(frame: ChartFrame, parts: readonly string[]): string {
  const { width, height, title, description } = frame;
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-labelledby": "title description",
  };
  const lines = [
    element("title", { id: "title" }, escape(title)),
    element("desc", { id: "description" }, escape(description)),
    element("style", {}, style()),
    element("rect", { class: "ground", width, height }),
    text(title, { x: 16, y: 28, class: "heading" }),
    ...parts,
  ];
  return `${element("svg", root, `\n${lines.join("\n")}\n`)}\n`;
}

export function element(name: string, attributes: Attributes, content?: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const open = `<${name}${given.join("")}`;
  return content === undefined ? `${open}/>` : `${open}>${content}</${name}>`;
}

export function text(words: string, attributes: Attributes): string {
  return element("text", attributes, escape(words));
}

export function line(from: readonly [number, number], to: readonly [number, number], className: string): string {
  const [x1, y1] = from.map(round) as [number, number];
  const [x2, y2] = to.map(round) as [number, number];
  return element("line", { x1, y1, x2, y2, class: className });
}

/** A mark of a shape of its own for each series, since colour alone tells some readers nothing. */
export function mark(nth: number, x: number, y: number): string {
  const shapes = ["M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "M-4,-4h8v8h-8z", "M0,-5l5,9h-10z", "M0,-5l5,5l-5,5l-5,-5z"];
  return element("path", {
    d: shapes[nth % shapes.length] ?? "",
    transform: `translate(${round(x)},${round(y)})`,
    class: `fill-${nth}`,
  });
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(words: string): string {
  return (
    words
      // Characters that XML 1.0 (2.2) does not allow at all.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .toWellFormed()
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

function style(): string {
  const font =
    "text { font: 13px system-ui, sans-serif } .heading { font-size: 16px; font-weight: 600 } .small { font-size: 12px }";
  const shape =
    ".trace { fill: none; stroke-width: 2 } .axis, .grid { stroke-width: 1 } .goal { stroke-width: 2; stroke-dasharray: 4 3 }";
  return `${font} ${shape} ${colours(LIGHT)} @media (prefers-color-scheme: dark) { ${colours(DARK)} }`;
}

function colours({ ground, ink, dim, line: rule, met, missed, series }: typeof LIGHT): string {
  const plain = `.ground { fill: ${ground} } text { fill: ${ink} } .small { fill: ${dim} } .grid { stroke: ${rule} } .axis { stroke: ${dim} } .goal { stroke: ${ink} }`;
  const verdicts = `.met { fill: ${met} } .missed { fill: ${missed} }`;
  const lines = series.map((colour, nth) => `.fill-${nth} { fill: ${colour} } .stroke-${nth} { stroke: ${colour} }`);
  return [plain, verdicts, ...lines].join(" ");
}
