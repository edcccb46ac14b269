// Package alert is what somebody wants to be told of a wine: that it is back in stock, that its price has come down to an
// amount, that its next vintage is listed. It needs no account: the address proves itself by a link (double opt-in).
//
//	Alert    who, in which shop and language, about what, in which State
//	Subject  a SKU, a vintage in any format, or a wine
//	Request  an alert that is asked for, with the words of the letter that asks back
//	Token    opens one alert from one letter; the database knows only its SHA-256
//	Rise     a SKU of which there is something again, written down by the database in the transaction that made it so
//	Teller   looks for what has come true and has it told
//
// # States
//
//	asked ──link──▶ confirmed ──it comes true──▶ told
//	  │                 │
//	  └─ a week ─▶ gone └──"no more letters"──▶ ended
//
// An alert is told once and is then over: who wants to hear again asks again, and no address is written to for ever
// because of one bottle. What is over is deleted after a month, what was never confirmed after a week.
//
// # Told once, and never lost
//
// The letter and the step to told are one transaction, and whoever takes an alert locks it: any number of instances may look. What
// is still to be looked at is in the database or follows from it, so that an instance that dies, or all of them for a day, lose nothing.
//
//   - Stock: a trigger writes a Rise whenever a level rises from nothing, so that neither a hand-written UPDATE nor a level that
//     rose and fell within a second goes unseen. The letter is written only where something is left when it is written.
//   - Price and next vintage are states, not events: the Teller looks at the alerts of those wines that its snapshot
//     has anew, at those that were just confirmed, and at all of them at its start and once an hour.
//
// # Waves
//
// Where more people wait than there is, as many are told as there are units, in the order of asking; who comes after them
// is told WavePause later, of what is left then. A letter about three bottles to three hundred people disappoints all but three of
// them, and the three who are fastest are not those who asked first.
//
// # Nobody learns who waits
//
// To ask is answered with the same page whether the alert is new, exists, or is one too many: only the owner of the address sees a
// letter, or none.
package alert
