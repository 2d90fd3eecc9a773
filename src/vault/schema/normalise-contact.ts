// E-mail addresses and telephone numbers.
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";
import { domainToASCII } from "node:url";
import { accept, type Normalised, refuse, type ValueContext } from "./normalised.ts";

// RFC 5321 4.5.3.1: 64 octets before the sign; RFC 3696 erratum 1690: 254 in all.
const EMAIL_LENGTH_MAX = 254;
const LOCAL_LENGTH_MAX = 64;
const PHONE_LENGTH_MAX = 60;
const PHONE_DIGITS_MAX = 20;
const SETTLING_MAX = 5;

/** The local part as given (RFC 5321 2.4: its case may matter), the domain in lower case and ASCII. */
export function normaliseEmail(given: string): Normalised {
  const text = given.normalize("NFKC").trim();
  if (text === "") return refuse("empty");
  if (text.length > EMAIL_LENGTH_MAX) return refuse("too-long");
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (at < 1 || local.length > LOCAL_LENGTH_MAX || /[\s@<>,;:"()[\]\\\p{Cc}]/u.test(local))
    return refuse("not-an-email");
  if (!/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(domain)) return refuse("not-an-email");
  const email = `${local}@${domain}`;
  return email.length > EMAIL_LENGTH_MAX ? refuse("too-long") : accept(email);
}

/**
 * E.164, with ";ext=" and the extension where there is one (RFC 3966). Real feeds hold numbers that no exchange would connect: such a
 * number is kept, in the same form as far as it can be read and else as its digits, with a warning.
 */
export function normalisePhone(given: string, context: ValueContext): Normalised {
  const text = given.normalize("NFKC").trim();
  if (text === "") return refuse("empty");
  if (text.length > PHONE_LENGTH_MAX) return refuse("too-long");
  const digits = text.replaceAll(/\D/g, "");
  if (digits === "" || digits.length > PHONE_DIGITS_MAX) return refuse("not-a-phone");
  const country = countryOf(context);
  const parsed = parsePhoneNumberFromString(text, country) ?? parsePhoneNumberFromString(digits, country);
  if (parsed === undefined) return accept(digits, "phone-not-valid");
  return parsed.isValid() ? accept(printed(parsed)) : settled(printed(parsed));
}

/** What is no number may be read as another one each time, a zero less or a country's prefix more: it is read until it stays. */
function settled(value: string): Normalised {
  let [before, now] = ["", value];
  for (let times = 0; times < SETTLING_MAX && now !== before; times += 1) {
    const again = parsePhoneNumberFromString(now);
    [before, now] = [now, again === undefined ? now : printed(again)];
  }
  return now === before ? accept(now, "phone-not-valid") : refuse("not-a-phone");
}

function printed({ number, ext }: PhoneNumber): string {
  return ext === undefined ? number : `${number};ext=${ext}`;
}

function asciiDomain(domain: string): string {
  return /^[A-Za-z0-9.-]*$/.test(domain) ? domain.toLowerCase() : domainToASCII(domain).toLowerCase();
}

function countryOf(context: ValueContext): { defaultCountry: CountryCode } | undefined {
  // The library answers undefined for a country it does not know.
  return context.country === undefined ? undefined : { defaultCountry: context.country as CountryCode };
}
