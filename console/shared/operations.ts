// Method, path and media types of every operation, as the contract had them when the pages were made.
import { routes } from "virtual:routes";
import type { Route } from "../../contract/route.ts";
import type { RouteId } from "../../contract/routes.ts";

type Operation = Pick<Route, "method" | "path" | "takes" | "gives" | "repeatable">;

export const operations = routes as { readonly [Id in RouteId]: Operation };
