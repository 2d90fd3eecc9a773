// The pages of the ledger.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("ledger", "governing", "customers");

export const ledgerRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/ledger",
    beforeLoad,
    component: lazyPage(() => import("./ledger.tsx"), "LedgerPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ledger/$entryId",
    beforeLoad,
    component: lazyPage(() => import("./entry.tsx"), "EntryPage"),
  }),
] as const;
