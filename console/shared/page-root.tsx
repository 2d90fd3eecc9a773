// What every page stands in: looks, texts, remembered answers, notices, and the question for a second factor.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./page.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StepUp } from "./step-up.tsx";
import { loadTexts, Texts } from "./texts.tsx";
import { UndoNotice } from "./undo-notice.tsx";
import { cssVariables, theme } from "./theme.ts";

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

// What keeps the page below a dialog from scrolling writes a style element of its own.
setNonce(nonce);

export async function showPages(queries: QueryClient, pages: ReactNode): Promise<void> {
  await loadTexts("common", "problems");
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>
          <Texts>
            <Notifications position="bottom-right" containerWidth="24rem" />
            <StepUp>
              {pages}
              <UndoNotice />
            </StepUp>
          </Texts>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
