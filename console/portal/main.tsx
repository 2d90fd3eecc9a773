// The pages for customers.
import { MantineThemeProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { showPages } from "../shared/page-root.tsx";
import { looks } from "./looks.ts";
import { queries } from "./queries.ts";
import { router } from "./router.tsx";

void showPages(
  queries,
  <MantineThemeProvider theme={looks} inherit>
    <RouterProvider router={router} />
  </MantineThemeProvider>,
);
