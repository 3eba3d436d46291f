namespace MonaLisa.Engine.Numerics;

/// <summary>What a product's sum starts from.</summary>
internal interface IStart;

/// <summary>From zero: <c>C = A * B</c>.</summary>
internal readonly struct FromZero : IStart;

/// <summary>From what C holds: <c>C += A * B</c>.</summary>
internal readonly struct FromSum : IStart;

/// <summary>From a bias for each column: <c>C = A * B + bias</c>.</summary>
internal readonly struct FromBias : IStart;
