// What leaves for third parties: the list, one package, a new one, and tokens.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = () =>
  Promise.all([loadTexts("sharing", "flows", "governing", "words", "work", "fields", "codes"), loadRuleTexts()]);
const create = lazyRouteComponent(() => import("./new-package.tsx"), "NewPackage");

export const sharingRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing",
    beforeLoad,
    component: lazyRouteComponent(() => import("./packages.tsx"), "Packages"),
  }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new", beforeLoad, component: create }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new/to/$recipientId", beforeLoad, component: create }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new/of/$customerId", beforeLoad, component: create }),
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing/tokens",
    beforeLoad,
    component: lazyRouteComponent(() => import("./tokens.tsx"), "Tokens"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing/packages/$packageId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./one-package.tsx"), "OnePackage"),
  }),
] as const;
