// The looks of the customers' pages: what is to be touched is large, and long words wrap; whatever else as in shared/theme.ts.
import { createTheme } from "@mantine/core";

export const looks = createTheme({
  components: {
    Button: {
      defaultProps: { size: "md" },
      styles: {
        root: { height: "auto", minHeight: 44, paddingBlock: 6 },
        label: { whiteSpace: "normal", lineHeight: 1.3 },
      },
    },
    // By name, not by the component: what a page does not show is not fetched for it.
    TextInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md" } },
  },
});
