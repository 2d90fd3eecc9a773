// What build-pages.ts puts in the place of `virtual:routes`; operations.ts says of what type it is.
declare module "virtual:routes" {
  export const routes: unknown;
}
