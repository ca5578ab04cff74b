/**
 * Our shapes on a 16 × 16 field: a state is told by its outline first and by its colour second,
 * so that it survives a grey printer and eyes that see red and green alike.
 */
export const SHAPES: Record<string, string> = {
  circle: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z",
  ring: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 2.6a3.9 3.9 0 1 1 0 7.8a3.9 3.9 0 0 1 0-7.8z",
  half: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zm0 2v9a4.5 4.5 0 0 1 0-9z",
  triangle: "M8 1.2l7 12.8a.6.6 0 0 1-.5.9h-13a.6.6 0 0 1-.5-.9z",
  diamond: "M8 .6L15.4 8L8 15.4L.6 8z",
  square: "M2.6 2h10.8a.6.6 0 0 1 .6.6v10.8a.6.6 0 0 1-.6.6H2.6a.6.6 0 0 1-.6-.6V2.6a.6.6 0 0 1 .6-.6z",
  check: "M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zM6.9 11.4L3.8 8.3l1.3-1.3l1.8 1.8l4-4l1.3 1.3z",
  cross: "M3.4 1.6L8 6.2l4.6-4.6l1.8 1.8L9.8 8l4.6 4.6l-1.8 1.8L8 9.8l-4.6 4.6l-1.8-1.8L6.2 8L1.6 3.4z",
  pause: "M3 2h3.6v12H3zm6.4 0H13v12H9.4z",
  arrow: "M8.4 1.8L14.6 8l-6.2 6.2l-1.7-1.7L10 9.2H1.4V6.8H10L6.7 3.5z",
};
