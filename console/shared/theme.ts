// The looks: calm, legible, the system's own letters, contrast by WCAG 2.2 AA in light and in dark.
import { createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  defaultRadius: "md",
  fontFamily: "system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', monospace",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.6rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1rem" } },
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  colors: {
    ink: ["#eef4fc", "#dbe6f5", "#b4cbea", "#8ab4f0", "#7aa6e6", "#4b7fca", "#34689f", "#1f4f8f", "#194178", "#0f2f5c"],
  },
  // By name, not by the component: what a page does not show is not fetched for it.
  components: {
    // Colour alone tells nobody that something is a link (WCAG 1.4.1).
    Anchor: { defaultProps: { underline: "always" } },
    // A word of a state is read whole, in its own letters.
    Badge: { defaultProps: { tt: "none" }, styles: { root: { minWidth: "max-content" } } },
    // The library's own dark ground of a row under the pointer leaves links below 4.5 to 1 (WCAG 1.4.3).
    Table: {
      defaultProps: {
        highlightOnHover: true,
        highlightOnHoverColor: "light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-6))",
        verticalSpacing: "xs",
      },
    },
  },
});

/** The library's dimmed text is below 4.5 to 1 on its own grounds (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f6f7f9",
    "--mantine-color-dimmed": "#4b5768",
    "--mantine-color-placeholder": "#5d6979",
    "--mantine-color-error": "#a61e1e",
    // Words on their own light ground: badges, notices.
    "--mantine-color-orange-light-color": "#8a2c02",
    "--mantine-color-yellow-light-color": "#664d00",
    "--mantine-color-green-light-color": "#1a5c2a",
    "--mantine-color-red-light-color": "#8c1a1a",
    "--mantine-color-blue-light-color": "#174a7c",
    "--mantine-color-gray-light-color": "#3b4350",
  },
  dark: {
    "--mantine-color-body": "#16191f",
    "--mantine-color-text": "#e8ecf2",
    "--mantine-color-dimmed": "#b3bdcb",
    "--mantine-color-placeholder": "#9aa5b4",
    "--mantine-color-error": "#ffa8a0",
  },
});
