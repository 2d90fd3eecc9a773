// Which topics there are to speak of; the English files say what each holds, and a test holds the other languages to them.
import type ask from "../messages/en/ask.json";
import type corrections from "../messages/en/corrections.json";
import type desk from "../messages/en/desk.json";
import type account from "../messages/en/account.json";
import type common from "../messages/en/common.json";
import type fields from "../messages/en/fields.json";
import type portal from "../messages/en/portal.json";
import type portalCases from "../messages/en/portal-cases.json";
import type portalFile from "../messages/en/portal-file.json";
import type portalPeople from "../messages/en/portal-people.json";
import type portalRights from "../messages/en/portal-rights.json";
import type portalSettings from "../messages/en/portal-settings.json";
import type portalSignIn from "../messages/en/portal-sign-in.json";
import type customers from "../messages/en/customers.json";
import type portalTimeline from "../messages/en/portal-timeline.json";
import type ledger from "../messages/en/ledger.json";
import type imports from "../messages/en/imports.json";
import type schema from "../messages/en/schema.json";
import type settings from "../messages/en/settings.json";
import type home from "../messages/en/home.json";
import type pictures from "../messages/en/pictures.json";
import type problems from "../messages/en/problems.json";
import type signIn from "../messages/en/sign-in.json";
import type work from "../messages/en/work.json";
import type words from "../messages/en/words.json";
import type governing from "../messages/en/governing.json";
import type requests from "../messages/en/requests.json";
import type alerts from "../messages/en/alerts.json";
import type people from "../messages/en/people.json";
import type matrix from "../messages/en/matrix.json";
import type clients from "../messages/en/clients.json";
import type reviews from "../messages/en/reviews.json";
import type assignments from "../messages/en/assignments.json";

declare module "use-intl" {
  interface AppConfig {
    readonly Locale: string;
    readonly Messages: {
      readonly assignments: typeof assignments;
      readonly reviews: typeof reviews;
      readonly clients: typeof clients;
      readonly matrix: typeof matrix;
      readonly people: typeof people;
      readonly alerts: typeof alerts;
      readonly requests: typeof requests;
      readonly governing: typeof governing;
      readonly ask: typeof ask;
      readonly corrections: typeof corrections;
      readonly desk: typeof desk;
      readonly account: typeof account;
      readonly common: typeof common;
      readonly fields: typeof fields;
      readonly portal: typeof portal;
      readonly "portal-cases": typeof portalCases;
      readonly "portal-file": typeof portalFile;
      readonly "portal-people": typeof portalPeople;
      readonly "portal-rights": typeof portalRights;
      readonly "portal-settings": typeof portalSettings;
      readonly "portal-sign-in": typeof portalSignIn;
      readonly customers: typeof customers;
      readonly "portal-timeline": typeof portalTimeline;
      readonly ledger: typeof ledger;
      readonly imports: typeof imports;
      readonly schema: typeof schema;
      readonly settings: typeof settings;
      readonly home: typeof home;
      readonly pictures: typeof pictures;
      readonly problems: typeof problems;
      readonly "sign-in": typeof signIn;
      readonly work: typeof work;
      readonly words: typeof words;
    };
  }
}
