using System.ComponentModel;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>The formats of pictures written into a folder; each is called after its extension.</summary>
public enum PictureFileFormat
{
    /// <summary>PNG.</summary>
    [Description("PNG: every bit of the painting, 8 or 16 bits a sample; the default")]
    Png,

    /// <summary>JPEG.</summary>
    [Description("JPEG: lossy, no alpha, sides up to 65500 pixels, see -Quality")]
    [Alias("Jpeg")]
    Jpg,

    /// <summary>WebP.</summary>
    [Description("WebP: smaller and lossy, sides up to 16383 pixels, see -Quality")]
    Webp,

    /// <summary>TIFF.</summary>
    [Description("TIFF: every bit of the painting, 8 or 16 bits a sample, files beyond 4 GB")]
    [Alias("Tiff")]
    Tif,

    /// <summary>AVIF.</summary>
    [Description("AVIF: smaller and lossy, sides up to 16384 pixels, see -Quality")]
    Avif,
}

/// <summary>The formats of animations.</summary>
public enum AnimationFileFormat
{
    /// <summary>Animated WebP.</summary>
    [Description("Animated WebP: small, in full colour; the default")]
    WebP,

    /// <summary>Animated GIF.</summary>
    [Description("Animated GIF: 256 colours a frame, shown everywhere")]
    Gif,

    /// <summary>Numbered PNG files.</summary>
    [Description("Numbered PNG files, for a video editor")]
    Png,
}
