// For pages whose only script is the offer to be told on this device.
import { offerPush } from "./_push.js";

offerPush();
