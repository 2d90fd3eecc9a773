// Normalising dates, money and numbers: nothing guessed, nothing rounded.
import { test } from "node:test";
import { cases, US } from "./normalise-fixture.ts";

test("dates are read in the declared format only", () => {
  cases("date", [
    ["1964-05-02", "1964-05-02"],
    ["1964/05/02", "1964-05-02"],
    ["1964/05/02", "1964-05-02", { dateFormat: "yyyy/mm/dd" }],
    ["02/11/2020", "2020-02-11", { dateFormat: "mm/dd/yyyy" }],
    ["02/11/2020", "2020-11-02", { dateFormat: "dd/mm/yyyy" }],
    ["14/02/2023 10:19:05", "2023-02-14", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
    ["2/1/2020", "2020-02-01", { dateFormat: "m/d/yyyy" }],
    ["02.11.2020", "2020-11-02", { dateFormat: "dd.mm.yyyy" }],
    ["20200211", "2020-02-11", { dateFormat: "yyyymmdd" }],
    ["02-11-2020", "-not-a-date", { dateFormat: "dd.mm.yyyy" }],
    ["1964-05-02", "-not-a-date", { dateFormat: "mm/dd/yyyy" }],
    ["tomorrow", "-not-a-date"],
  ]);
});

test("a date that could be read two ways is refused without a declared format", () => {
  cases("date", [
    ["03/04/2020", "-date-format-undeclared"],
    ["14/02/2023", "-date-format-undeclared"],
    ["3.4.2020", "-date-format-undeclared"],
  ]);
});

test("impossible dates and times are refused", () => {
  cases("date", [
    ["2023-02-29", "-impossible-date"],
    ["2024-02-29", "2024-02-29"],
    ["1900-02-29", "-impossible-date"],
    ["2000-02-29", "2000-02-29"],
    ["2023-13-01", "-impossible-date"],
    ["2023-00-10", "-impossible-date"],
    ["2023-01-00", "-impossible-date"],
    ["1799-12-31", "-date-out-of-range"],
    ["14/02/2023 25:00:00", "-impossible-date", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
  ]);
});

test("times stay local unless the source states a zone", () => {
  cases("timestamp", [
    ["14/02/2023 10:19:05", "2023-02-14T10:19:05", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
    ["2023-02-14T10:19:05", "2023-02-14T10:19:05"],
    ["2023-02-14T10:19:05.123+02:00", "2023-02-14T08:19:05Z"],
    ["2023-02-14", "-time-missing"],
  ]);
});

test("money keeps every digit and names its currency", () => {
  cases("money", [
    ["414.0", "USD 414.00", US],
    ["12.84", "USD 12.84", US],
    ["96000", "USD 96000.00", US],
    ["$1,234.5", "USD 1234.50", US],
    ["(12.00)", "USD -12.00", US],
    ["-$5", "USD -5.00", US],
    ["-0.00", "USD 0.00", US],
    ["0.1234567", "USD 0.1234567", US],
    ["999999999999999999.99", "USD 999999999999999999.99", US],
    ["12.34 EUR", "EUR 12.34"],
    ["EUR 12.34", "EUR 12.34"],
    ["€ 1.234,50", "EUR 1234.50", { decimalMark: "comma" }],
    ["500", "JPY 500", { currency: "JPY" }],
    ["$5", "CAD 5.00", { currency: "CAD" }],
  ]);
});

test("money that is not plain is refused", () => {
  cases("money", [
    ["12.84", "-currency-missing"],
    ["12.84 EUR", "-currency-differs", US],
    ["12.84 XYZ", "-currency-unknown"],
    ["1e5", "-not-a-number", US],
    ["1,23", "-not-a-number", US],
    ["1.2.3", "-not-a-number", US],
    [".", "-not-a-number", US],
    ["2023-02-14", "-not-a-number", US],
    ["1234567890123456789", "-too-many-digits", US],
    ["Infinity", "-not-a-number", US],
  ]);
});

test("numbers are read as decimals, never as floats", () => {
  cases("integer", [
    ["007", "7"],
    ["-3", "-3"],
    ["1,000", "1000"],
    ["3.0", "3"],
    ["3.5", "-not-whole"],
    ["٣", "-not-a-number"],
  ]);
  cases("decimal", [
    ["012.50", "12.5"],
    ["0.1", "0.1"],
    ["-0", "0"],
    [".5", "0.5"],
    ["0.10000000000000001", "-too-many-digits"],
  ]);
  cases("percent", [
    ["100", "100"],
    ["33.30%", "33.3"],
    ["100.01", "-out-of-range"],
    ["-1", "-out-of-range"],
  ]);
});
