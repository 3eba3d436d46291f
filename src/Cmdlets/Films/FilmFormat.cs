using System.ComponentModel;

namespace MonaLisa.PowerShell;

/// <summary>What films are written as.</summary>
public enum FilmFormat
{
    /// <summary>Animated WebP.</summary>
    [Description("animated WebP, small and with all colours")]
    WebP,

    /// <summary>Animated GIF.</summary>
    [Description("animated GIF, which every program shows")]
    Gif,

    /// <summary>Numbered PNG files.</summary>
    [Description("numbered PNG files, one a frame")]
    Png,
}
