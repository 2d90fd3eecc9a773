// Webhooks: which there are, and what became of their deliveries.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("webhooks", "governing", "words");

export const webhookRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/webhooks",
    beforeLoad,
    component: lazyRouteComponent(() => import("./webhooks.tsx"), "Webhooks"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/webhooks/$webhookId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./webhook.tsx"), "WebhookPage"),
  }),
] as const;
