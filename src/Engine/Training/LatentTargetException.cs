namespace MonaLisa.Engine;

/// <summary>The size or the quality that a network with latents was to have cannot be reached.</summary>
public sealed class LatentTargetException : Exception
{
    internal LatentTargetException(string message) : base(message)
    {
    }
}
