// The pages for customers.
import { MantineThemeProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { showPages } from "../shared/page-root.tsx";
import { looks } from "./looks.ts";
import { queries } from "./queries.ts";
import { router } from "./router.tsx";

// A page that the browser kept for its back button may be of somebody who has left since.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

void showPages(
  queries,
  <MantineThemeProvider theme={looks} inherit>
    <RouterProvider router={router} />
  </MantineThemeProvider>,
);
