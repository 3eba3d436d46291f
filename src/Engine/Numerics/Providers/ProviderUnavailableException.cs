namespace MonaLisa.Engine;

/// <summary>A provider was asked for that cannot be used here; the message says why and what to do.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class ProviderUnavailableException(string message) : Exception(message);
