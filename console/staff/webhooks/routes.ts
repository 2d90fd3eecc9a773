// Webhooks: which there are, and what became of their deliveries.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("webhooks", "governing", "words");

export const webhookRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/webhooks",
    beforeLoad,
    component: lazyPage(() => import("./webhooks.tsx"), "Webhooks"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/webhooks/$webhookId",
    beforeLoad,
    component: lazyPage(() => import("./webhook.tsx"), "WebhookPage"),
  }),
] as const;
