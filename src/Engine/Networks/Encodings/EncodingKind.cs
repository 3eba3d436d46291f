namespace MonaLisa.Engine;

/// <summary>The encodings by name; each is a kind of <see cref="InputEncoding"/>.</summary>
public enum EncodingKind
{
    /// <summary>The two coordinates as they are; see <see cref="IdentityEncoding"/>.</summary>
    None,

    /// <summary>Sines and cosines of doubling frequencies along each side; see <see cref="FrequencyEncoding"/>.</summary>
    Frequency,

    /// <summary>Sines and cosines of random frequencies in all directions; see <see cref="FourierEncoding"/>.</summary>
    Fourier,

    /// <summary>Trained tables of features on grids of several resolutions; see <see cref="GridEncoding"/>.</summary>
    Grid,
}
