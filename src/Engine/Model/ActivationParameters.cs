namespace MonaLisa.Engine;

/// <summary>The numbers an activation goes by; each ignores those it has not.</summary>
/// <param name="Parameter">The leaky rectifier's slope, or omega.</param>
/// <param name="Sigma">Sigma.</param>
internal readonly record struct ActivationParameters(float Parameter, float Sigma);
