// Third parties: the register, and one of them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("recipients", "governing", "words", "fields", "codes");

export const recipientRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/recipients",
    beforeLoad,
    component: lazyPage(() => import("./recipients.tsx"), "Recipients"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/recipients/$recipientId",
    beforeLoad,
    component: lazyPage(() => import("./recipient.tsx"), "RecipientPage"),
  }),
] as const;
