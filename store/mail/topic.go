package mail

// The topics of letters about an order. They are those of the outbox.
const (
	Awaiting     Topic = "order.awaiting" // the confirmation, with which the contract is made
	Paid         Topic = "order.paid"
	Shipped      Topic = "order.shipped"
	Delivered    Topic = "order.delivered"
	Cancelled    Topic = "order.cancelled"
	Expired      Topic = "order.expired"
	RefundDue    Topic = "order.refund_due"
	Refunded     Topic = "order.refunded"
	SurplusDue   Topic = "payment.due"      // money came twice and goes back
	SurplusGiven Topic = "payment.returned" // it went back
)

// The topics of letters about a part of an order's money. Data[Minor] is how much, in minor units of the order's currency; of the first,
// Data["document"] is the number of the credit note that goes with it.
const (
	PartRefund   Topic = "order.part_refund"     // it goes back
	PartReturned Topic = "payment.part_returned" // it went back
)

// Minor is the entry of Data with an amount.
const Minor = "minor"

// OrderTopics are those that an order's customer is written about.
func OrderTopics() []Topic {
	return []Topic{Awaiting, Paid, Shipped, Delivered, Cancelled, Expired, RefundDue, Refunded, SurplusDue, SurplusGiven}
}
