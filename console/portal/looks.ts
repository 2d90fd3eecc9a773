// The looks of the customers' pages: what is to be touched is large, and long words wrap; whatever else as in shared/theme.ts.
import { Button, createTheme, Select, TextInput } from "@mantine/core";

export const looks = createTheme({
  components: {
    Button: Button.extend({
      defaultProps: { size: "md" },
      styles: {
        root: { height: "auto", minHeight: 44, paddingBlock: 6 },
        label: { whiteSpace: "normal", lineHeight: 1.3 },
      },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: "md" } }),
    Select: Select.extend({ defaultProps: { size: "md" } }),
  },
});
