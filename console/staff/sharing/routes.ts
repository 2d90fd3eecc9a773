// What leaves for third parties: the list, one package, a new one, and tokens.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = () =>
  Promise.all([loadTexts("sharing", "flows", "governing", "words", "work", "fields", "codes"), loadRuleTexts()]);
const create = lazyPage(() => import("./new-package.tsx"), "NewPackage");

export const sharingRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing",
    beforeLoad,
    component: lazyPage(() => import("./packages.tsx"), "Packages"),
  }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new", beforeLoad, component: create }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new/to/$recipientId", beforeLoad, component: create }),
  createRoute({ getParentRoute: () => inside, path: "/sharing/new/of/$customerId", beforeLoad, component: create }),
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing/tokens",
    beforeLoad,
    component: lazyPage(() => import("./tokens.tsx"), "Tokens"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/sharing/packages/$packageId",
    beforeLoad,
    component: lazyPage(() => import("./one-package.tsx"), "OnePackage"),
  }),
] as const;
