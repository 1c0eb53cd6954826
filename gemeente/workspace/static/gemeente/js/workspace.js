// The workspace works without any of this; what stands here saves reloading, retyping and reaching for the mouse.
import "./busy.js";
import "./conversation.js";
import "./keys.js";
import "./queue.js";
