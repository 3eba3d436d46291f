using System.ComponentModel;

namespace MonaLisa.PowerShell;

/// <summary>What films are written as.</summary>
public enum FilmFormat
{
    /// <summary>Animated WebP.</summary>
    [Description("Animated WebP: small, in full colour; the default")]
    WebP,

    /// <summary>Animated GIF.</summary>
    [Description("Animated GIF: 256 colours a frame, shown everywhere")]
    Gif,

    /// <summary>Numbered PNG files.</summary>
    [Description("Numbered PNG files, for a film editor")]
    Png,
}
