// Where things stand on the paper: points from the upper left corner, 72 an inch.

const MM = 72 / 25.4;
const INCH = 72;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly size: "A4" | "LETTER";
  /** All that can show through the window, however the paper lies in its envelope. */
  readonly window: Box;
  /** What shows in every case: the addressee stands here. */
  readonly address: Box;
  readonly body: Box;
}

export const LAYOUTS = {
  /** DIN 5008:2020 form B: the address field is 85 by 45 mm, 20 mm from the left and 45 mm from the top; slack of 5 mm around it. */
  "din-5008-b": {
    size: "A4",
    window: { left: 15 * MM, top: 40 * MM, width: 95 * MM, height: 55 * MM },
    address: { left: 25 * MM, top: 45 * MM, width: 80 * MM, height: 45 * MM },
    body: { left: 25 * MM, top: 103.5 * MM, width: 165 * MM, height: 168 * MM },
  },
  /** A #10 window envelope (4 1/8 by 9 1/2 in, window 4 1/2 by 1 1/8 in, 7/8 in from the left and 1/2 in from below), the paper folded in three. */
  "us-10": {
    size: "LETTER",
    window: { left: 0.5 * INCH, top: 2 * INCH, width: 5.25 * INCH, height: 1.7 * INCH },
    address: { left: 1 * INCH, top: 2.45 * INCH, width: 4.2 * INCH, height: 0.72 * INCH },
    body: { left: 1 * INCH, top: 3.9 * INCH, width: 6.5 * INCH, height: 6.1 * INCH },
  },
} as const satisfies Record<string, Layout>;
export type LayoutName = keyof typeof LAYOUTS;
