// Reads {keys, tokens} from standard input and writes what the check page would say of each token.
// tests/unit/payments/test_receipt_check.py compares it with what Python says.
import { text } from "node:stream/consumers";
import { check, keysFrom, tokenIn } from "../../payments/frontend/_receipt-token.js";

const asked = JSON.parse(await text(process.stdin));
const keys = keysFrom(asked.published);
const answers = asked.tokens.map((token) => check(tokenIn(token), keys));
const plain = (_name, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value);
process.stdout.write(JSON.stringify(answers, plain));
