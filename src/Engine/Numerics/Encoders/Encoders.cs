namespace MonaLisa.Engine.Numerics;

/// <summary>Makes the encoder of a network.</summary>
internal static class Encoders
{
    /// <summary>The network's encoder; null where its first layer sees the coordinates themselves.</summary>
    public static Encoder? Create<TVector, TOps>(Mlp network)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => network.Design.Encoding switch
        {
            IdentityEncoding => null,
            SinusoidalEncoding encoding => new SinusoidalEncoder<TVector, TOps>(encoding.Frequencies(network.EncodingTensors)),
            GridEncoding encoding => new GridEncoder(encoding),
            var encoding => throw new NotSupportedException($"There is no encoder for the encoding {encoding.Kind}."),
        };
}
