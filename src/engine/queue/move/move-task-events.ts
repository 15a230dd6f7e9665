/** What can happen to a message move task. The entry's resource is the queue it moves messages from. */
export type MoveTaskEvent =
  | MoveTaskStarted
  | { readonly type: "moveTaskMoved"; readonly at: number; readonly taskId: string }
  | { readonly type: "moveTaskCancelled"; readonly at: number; readonly taskId: string }
  | MoveTaskEnded;

export interface MoveTaskStarted {
  readonly type: "moveTaskStarted";
  readonly at: number;
  readonly taskId: string;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly toMove: number;
}

export interface MoveTaskEnded {
  readonly type: "moveTaskEnded";
  readonly at: number;
  readonly taskId: string;
  readonly status: "COMPLETED" | "CANCELLED" | "FAILED";
  readonly failureReason: string | undefined;
}
