namespace MonaLisa.PowerShell;

/// <summary>What films are written as.</summary>
public enum FilmFormat
{
    /// <summary>Animated WebP.</summary>
    WebP,

    /// <summary>Animated GIF.</summary>
    Gif,

    /// <summary>Numbered PNG files.</summary>
    Png,
}
