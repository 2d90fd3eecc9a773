// What purposes and bases are called in plain language, for whoever chooses one: English, Spanish and German.
import { z } from "zod";
import type { basis, purpose } from "./vocabulary.ts";

export const language = z.enum(["en", "es", "de"]);
export type Language = z.infer<typeof language>;

type Labels = Readonly<Record<Language, string>>;

export const PURPOSE_LABELS: Readonly<Record<z.infer<typeof purpose>, Labels>> = {
  quote: { en: "Prepare a quote", es: "Preparar una oferta", de: "Ein Angebot erstellen" },
  underwriting: { en: "Assess a risk", es: "Evaluar un riesgo", de: "Ein Risiko prüfen" },
  "policy-servicing": { en: "Look after a policy", es: "Gestionar una póliza", de: "Einen Vertrag betreuen" },
  billing: { en: "Premiums and payments", es: "Primas y pagos", de: "Beiträge und Zahlungen" },
  "claim-handling": { en: "Handle a claim", es: "Tramitar un siniestro", de: "Einen Schaden bearbeiten" },
  "medical-review": {
    en: "Review medical papers",
    es: "Revisar documentos médicos",
    de: "Ärztliche Unterlagen prüfen",
  },
  subrogation: { en: "Recover from who is liable", es: "Reclamar al responsable", de: "Regress nehmen" },
  "fraud-investigation": { en: "Investigate fraud", es: "Investigar un fraude", de: "Betrug untersuchen" },
  litigation: { en: "Conduct a lawsuit", es: "Llevar un pleito", de: "Einen Rechtsstreit führen" },
  reinsurance: { en: "Reinsurance", es: "Reaseguro", de: "Rückversicherung" },
  actuarial: { en: "Actuarial work", es: "Trabajo actuarial", de: "Aktuarielle Arbeit" },
  "statutory-reporting": { en: "Report to authorities", es: "Informar a las autoridades", de: "An Behörden melden" },
  "regulator-exam": {
    en: "Examination by a regulator",
    es: "Inspección de un supervisor",
    de: "Prüfung durch eine Aufsicht",
  },
  audit: { en: "Internal audit", es: "Auditoría interna", de: "Interne Revision" },
  complaint: { en: "Answer a complaint", es: "Atender una queja", de: "Eine Beschwerde bearbeiten" },
  "data-subject-request": {
    en: "A request about one's own data",
    es: "Solicitud sobre los propios datos",
    de: "Anliegen zu den eigenen Daten",
  },
  "incident-response": { en: "Answer an incident", es: "Responder a un incidente", de: "Auf einen Vorfall reagieren" },
  marketing: { en: "Marketing", es: "Publicidad", de: "Werbung" },
  "vendor-processing": {
    en: "Work done by a service provider",
    es: "Trabajo de un proveedor",
    de: "Arbeit eines Dienstleisters",
  },
  emergency: { en: "Emergency", es: "Emergencia", de: "Notfall" },
  "group-administration": {
    en: "Administer a group plan",
    es: "Administrar un plan colectivo",
    de: "Einen Gruppenvertrag verwalten",
  },
  "legal-demand": { en: "A demand by law", es: "Requerimiento legal", de: "Gesetzliche Anforderung" },
  administration: { en: "Administration", es: "Administración", de: "Verwaltung" },
};

export const BASIS_LABELS: Readonly<Record<z.infer<typeof basis>, Labels>> = {
  "role-duty": { en: "My work on this file", es: "Mi trabajo en este expediente", de: "Meine Arbeit an dieser Akte" },
  authorization: {
    en: "The customer authorized it",
    es: "El cliente lo autorizó",
    de: "Der Kunde hat es erlaubt",
  },
  "legal-demand": {
    en: "A court or authority demands it",
    es: "Un tribunal o autoridad lo exige",
    de: "Ein Gericht oder eine Behörde verlangt es",
  },
  "rights-request": {
    en: "The customer exercises a right",
    es: "El cliente ejerce un derecho",
    de: "Der Kunde nimmt ein Recht wahr",
  },
  incident: { en: "A security incident", es: "Un incidente de seguridad", de: "Ein Sicherheitsvorfall" },
  emergency: { en: "An open emergency access", es: "Un acceso de emergencia abierto", de: "Ein offener Notzugriff" },
};
