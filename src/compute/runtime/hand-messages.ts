import type { ComputeErrorRecord } from "../errors.ts";
import type { TaskName } from "./crew-tasks.ts";

/** Crew to worker. `request` numbers what is answered, `hand` names the hand that is meant; both are one worker's own. */
export type HandRequest =
  | { readonly kind: "hello"; readonly request: number }
  | {
      readonly kind: "begin";
      readonly request: number;
      readonly hand: number;
      readonly name: TaskName;
      readonly input: unknown;
    }
  | { readonly kind: "ask"; readonly request: number; readonly hand: number; readonly input: unknown }
  | { readonly kind: "dismiss"; readonly hand: number };

/** Worker to crew. */
export type HandReply =
  | { readonly kind: "answer"; readonly request: number; readonly answer: unknown }
  | { readonly kind: "failure"; readonly request: number; readonly error: ComputeErrorRecord };

/** What a crew needs of a worker. */
export interface HandChannel {
  postMessage(message: HandRequest, transfer?: Transferable[]): void;
  onReply(listener: (reply: HandReply) => void): void;
  /** The worker could not start, or died; `message` says what of. */
  onLoss(listener: (message: string) => void): void;
  end(): void;
}
