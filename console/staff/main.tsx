// The pages for staff.
import { RouterProvider } from "@tanstack/react-router";
import { showPages } from "../shared/page-root.tsx";
import { queries } from "./queries.ts";
import { router } from "./router.tsx";

void showPages(queries, <RouterProvider router={router} />);
