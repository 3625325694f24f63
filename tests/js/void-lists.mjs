// Reads published lists from standard input and writes whether the check page would believe each one's voids.
// tests/unit/payments/receipts/test_void_list.py hands it good ones and changed ones.
import { text } from "node:stream/consumers";
import { isOurList } from "../../payments/frontend/_receipt-token.js";

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(isOurList)));
