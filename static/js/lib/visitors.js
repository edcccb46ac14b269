/**
 * For whom each shop is meant: countries (ISO 3166) and time zones (tzdata). It only ever suggests a shop.
 * @type {Record<string, string>}
 */
export const visitors = {
  fr: "FR MC GP MQ GF RE YT Europe/Paris Europe/Monaco America/Guadeloupe America/Martinique America/Cayenne Indian/Reunion Indian/Mayotte",
  be: "BE Europe/Brussels",
  lu: "LU Europe/Luxembourg",
  ch: "CH LI Europe/Zurich Europe/Vaduz",
  de: "DE Europe/Berlin Europe/Busingen",
  at: "AT Europe/Vienna",
  uk: "GB IM JE GG Europe/London Europe/Belfast Europe/Isle_of_Man Europe/Jersey Europe/Guernsey",
  ie: "IE Europe/Dublin",
  it: "IT SM VA Europe/Rome Europe/San_Marino Europe/Vatican",
  es: "ES AD Europe/Madrid Europe/Andorra Atlantic/Canary Africa/Ceuta",
  pt: "PT Europe/Lisbon Atlantic/Madeira Atlantic/Azores",
  nl: "NL Europe/Amsterdam",
  us: "US PR America/New_York America/Detroit America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu America/Puerto_Rico America/Indiana/Indianapolis America/Kentucky/Louisville America/Boise",
  hk: "HK MO Asia/Hong_Kong Asia/Macau",
};
