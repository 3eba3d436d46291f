namespace MonaLisa.Benchmarks;

/// <summary>What the tables call the peers.</summary>
internal static class PeerNames
{
    public const string Torch = "libtorch", ConvNetJS = "ConvNetJS";
}
