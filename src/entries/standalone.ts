// The runtime of exported pages: enough of a notebook for the shared core, in a page with no kernel, no network and
// a policy that forbids both.
import { embedPage } from "../widgets/host/embedded-page.ts";
import { startPage } from "../widgets/host/standalone-page.ts";

startPage(document, embedPage(document));
