// Numbers of an arithmetic that is shown: three digits behind the point, a real minus sign.

export const signed = (x) => x.toFixed(3).replace("-", "−");

export const minus = (x) => (x < 0 ? `+ ${signed(-x)}` : `− ${signed(x)}`);
