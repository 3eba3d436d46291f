using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>The encodings by name; each is a kind of <see cref="InputEncoding"/>.</summary>
public enum EncodingKind
{
    /// <summary>The two coordinates as they are; see <see cref="IdentityEncoding"/>.</summary>
    [Description("the bare coordinates: for Sine, FINER, Gaussian and WIRE (SIREN)")]
    None,

    /// <summary>Sines and cosines of doubling frequencies along each side; see <see cref="FrequencyEncoding"/>.</summary>
    [Description("sines and cosines of doubling frequencies along each side (NeRF)")]
    Frequency,

    /// <summary>Sines and cosines of random frequencies in all directions; see <see cref="FourierEncoding"/>.</summary>
    [Description("sines and cosines of random frequencies in all directions")]
    Fourier,

    /// <summary>Trained tables of features on grids of several resolutions; see <see cref="GridEncoding"/>.</summary>
    [Description("trained features on grids of several resolutions (Instant NGP): learns by far the fastest; the default")]
    Grid,

    /// <summary>The picture's own colours around a place; see <see cref="NeighborhoodEncoding"/>.</summary>
    [Description("the picture's own colours around a place: for enlarging, better than interpolation")]
    Neighborhood,

    /// <summary>The picture as whole numbers, trained against the bits that they take; see <see cref="LatentEncoding"/>.</summary>
    [Description("the picture as whole numbers, trained against the bits that they take: the smallest files")]
    Latent,
}
