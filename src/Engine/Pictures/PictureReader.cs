using System.Collections;
using System.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Reads pictures: JPEG, PNG, WebP, TIFF, GIF and AVIF, whatever the file is called, as red, green and blue in sRGB, or as grey
/// where the file is grey. The orientation in the EXIF data is applied, colours are converted by the picture's ICC profile (relative
/// colorimetric, black point compensated), and of several pages the first is taken. Samples stay 8 or 16 bits. Pixels of alpha below
/// a half are ignored, and the others have their colours as if they were opaque, unless the alpha is kept.
/// </summary>
public static class PictureReader
{
    /// <summary>The most pixels read, 2^28 (16,384 x 16,384): a small file can claim far more than memory holds.</summary>
    public const int MaxPixels = 1 << 28;

    private static readonly HashSet<string> Loaders =
    [
        "VipsForeignLoadJpegSource", "VipsForeignLoadPngSource", "VipsForeignLoadWebpSource", "VipsForeignLoadTiffSource",
        "VipsForeignLoadNsgifSource", "VipsForeignLoadHeifSource", "VipsForeignLoadUhdrSource",
    ];

    /// <summary>Reads a picture. It takes little more memory than the picture itself.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <param name="maxSize">The most pixels along the longer side, or null; see <see cref="PictureReadOptions.MaxSize"/>.</param>
    /// <exception cref="PictureException">The file is not there, or is not a whole picture that can be read.</exception>
    public static PixelDataset Read(string path, int? maxSize = null) => Read(path, new PictureReadOptions { MaxSize = maxSize });

    /// <summary>
    /// Reads a picture with its alpha, a mask or held-out pixels. It takes little more memory than the picture itself, and four bytes
    /// for each pixel where some are not training pixels.
    /// </summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="PictureException">
    /// The file or its mask is not there, or is not a whole picture that can be read; or the mask has another size than the picture;
    /// or no training pixel is left.
    /// </exception>
    public static PixelDataset Read(string path, PictureReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        options.HoldOut?.Validate();
        path = Path.GetFullPath(path);
        DecodedPicture picture = Decode(path, file => ClaimsMuch(file, options.MaxSize), file => CollectPicture(path, file, options));
        PixelRoleMap? roles = picture.Roles;
        if (options.Mask is string mask)
            ApplyMask(path, picture, Path.GetFullPath(mask), options.MaxSize, roles ??= new PixelRoleMap(picture.Dataset.PixelCount));
        if (options.HoldOut is HoldOut holdOut)
            HoldOutSelection.Mark(holdOut, picture.Dataset.Width, roles ??= new PixelRoleMap(picture.Dataset.PixelCount));
        if (roles is null)
            return picture.Dataset;
        if (roles.Count(PixelRole.Training) == 0)
            throw new PictureException(PictureProblem.NothingToLearn, path,
                $"'{path}' has no pixel to learn from: all {roles.PixelCount} are transparent, black in the mask or held out. " +
                "Use another mask, hold out a smaller share, or keep the transparency as a channel.");
        return picture.Dataset.WithRoles(roles);
    }

    private static void ApplyMask(string path, DecodedPicture picture, string maskPath, int? maxSize, PixelRoleMap roles)
    {
        // A bit a pixel is little whatever is claimed.
        DecodedMask mask = Decode(maskPath, _ => false, file => CollectMask(maskPath, file, maxSize));
        if ((mask.FileWidth, mask.FileHeight) != (picture.FileWidth, picture.FileHeight))
            throw new PictureException(PictureProblem.MaskSizeMismatch, maskPath,
                $"The mask '{maskPath}' is {mask.FileWidth} x {mask.FileHeight} pixels and the picture '{path}' " +
                $"{picture.FileWidth} x {picture.FileHeight}. Give a mask of the picture's own size.");
        for (int pixel = 0; pixel < roles.PixelCount; pixel++)
            if (mask.IsBlack[pixel] && roles[pixel] == PixelRole.Training)
                roles[pixel] = PixelRole.HeldOut;
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new PictureException(PictureProblem.IsFolder, path,
                $"'{path}' is a folder, not a picture. Give the pictures in it, for example with a wildcard.");
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.CanSeek && stream.Length > 0)
                return stream;
            stream.Dispose();
            throw new PictureException(PictureProblem.Empty, path,
                $"'{path}' is empty. Copy or download it again.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException(PictureProblem.NotFound, path,
                $"'{path}' does not exist. Check the name and the folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PictureException(PictureProblem.AccessDenied, path,
                $"'{path}' cannot be read: access is denied. Change the file's permissions, or copy it to a folder of your own.",
                exception);
        }
        catch (IOException exception)
        {
            throw ReadFailed(path, exception);
        }
    }

    // The format that the file's first bytes name; null where they are no picture's.
    private static string? CheckFormat(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[PictureSignature.Length];
        try
        {
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            stream.Position = 0;
        }
        catch (IOException exception)
        {
            throw ReadFailed(path, exception);
        }
        if (PictureSignature.Find(start) is not { } signature)
            return null;
        return signature.IsRead ? signature.Format : throw Unsupported(path, signature.Format);
    }

    // Where the header claims much, the file is decoded once before, to see whether it holds as much, and memory is taken for it then.
    private static TResult Decode<TResult>(string path, Predicate<Image> claimsMuch, Func<Image, TResult> collect)
    {
        using FileStream stream = Open(path);
        string? format = CheckFormat(path, stream);
        PictureLibrary.EnsureReady();
        bool isWhole = false;
        TResult? result = Decode(path, stream, format, file =>
        {
            if (!claimsMuch(file))
                return collect(file);
            ImageRows.RequireAll(file);
            isWhole = true;
            return default;
        });
        if (!isWhole)
            return result!;
        stream.Position = 0;
        return Decode(path, stream, format, collect);
    }

    private static TResult Decode<TResult>(string path, FileStream stream, string? format, Func<Image, TResult> collect)
    {
        Exception? readError = null;
        // An exception must not cross the native frames around a callback: it is kept, and libvips is told of a failure.
        long Try(Func<long> action)
        {
            try
            {
                return action();
            }
            catch (Exception exception)
            {
                readError ??= exception;
                return -1;
            }
        }

        using var source = new SourceCustom();
        source.OnRead += (buffer, length) => (int)Try(() => stream.Read(buffer, 0, length));
        // A damaged file may send the decoder anywhere; that is no failure of the disk.
        source.OnSeek += (offset, origin) => Try(() =>
        {
            long start = origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => stream.Position, _ => stream.Length };
            long position = unchecked(start + offset);
            return position < 0 ? -1 : stream.Position = position;
        });
        try
        {
            using Image file = OpenImage(path, source, format, stream);
            return collect(file);
        }
        catch (VipsException exception)
        {
            if (readError is not null)
                throw ReadFailed(path, readError);
            throw PictureLibrary.MissingOperation(path, exception) ?? Damaged(path, format, exception);
        }
        catch (IOException exception) when (LoadFailure.IsOfDisk(exception))
        {
            throw ReadFailed(path, exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new PictureException(PictureProblem.TooLarge, path,
                $"There is not enough memory for '{path}'. Ask for a smaller size.", exception);
        }
    }

    /// <summary>Whether a picture of the size in the file's header takes more memory than may be taken on its word.</summary>
    private static bool ClaimsMuch(Image file, int? maxSize)
    {
        const long MostOnTrust = 32 << 20;
        const int WidestOnTrust = 16_384;
        double scale = maxSize is int side ? Math.Min(1, (double)side / Math.Max(file.Width, file.Height)) : 1;
        // Many rows are kept while one is shrunk.
        if (scale < 1 && file.Width > WidestOnTrust)
            return true;
        return (double)file.Width * file.Height * scale * scale * PixelSize(file) > MostOnTrust;
    }

    private static int PixelSize(Image file) => file.Bands * (file.Format == Enums.BandFormat.Uchar ? sizeof(byte) : sizeof(ushort));

    private static Image OpenImage(string path, Source source, string? format, FileStream stream)
    {
        // Asked for by itself, because the text of libvips' errors is shared by every thread and may be another's.
        string? loader = Image.FindLoadSource(source);
        if (loader is null && format is not null)
            throw Damaged(path, format, null);
        if (loader is null)
            throw new PictureException(PictureProblem.NotAPicture, path,
                $"'{path}' is not a picture: its content is of no known format. Give a JPEG, PNG, WebP, TIFF, GIF or AVIF file.");
        if (!Loaders.Contains(loader))
            throw Unsupported(path, null);
        Image image = Image.NewFromSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
        try
        {
            long pixels = (long)image.Width * image.Height;
            if (pixels > MaxPixels)
                throw new PictureException(PictureProblem.TooLarge, path,
                    $"'{path}' has {image.Width} x {image.Height} pixels, {pixels:N0} in all; at most {MaxPixels:N0} are read. " +
                    "Shrink or crop it with a picture editor first.");
            RequirePossible(path, image, format, stream);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static void RequirePossible(string path, Image image, string? format, FileStream stream)
    {
        long position = stream.Position;
        stream.Position = 0;
        Span<byte> start = stackalloc byte[PictureSignature.Length];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = position;
        if (!PictureClaims.CanHold(start, format, image.Width, image.Height, PixelSize(image), stream.Length))
            throw new PictureException(PictureProblem.Damaged, path,
                $"'{path}' is damaged: it claims {image.Width} x {image.Height} pixels, more than its {stream.Length:N0} bytes can hold. " +
                "Copy or download it again.");
    }

    private static DecodedPicture CollectPicture(string path, Image file, PictureReadOptions options)
    {
        using Image color = PictureColor.ToRgb(path, file);
        using Image small = PictureShrinker.Shrink(color, options.MaxSize);
        bool hasAlpha = small.Bands == PictureColor.Colors + 1, keepsAlpha = options.KeepAlpha && hasAlpha;
        using Image picture = PictureColor.IsGrey(file) && !keepsAlpha ? PictureColor.ToGrey(small) : small.Copy();
        int channels = hasAlpha && !keepsAlpha ? picture.Bands - 1 : picture.Bands;
        int orientation = OrientationOf(file);
        var placement = new PixelPlacement(picture.Width, picture.Height, orientation);
        string name = Path.GetFileNameWithoutExtension(path);
        PixelRoleMap? roles;
        PixelDataset dataset = picture.Format == Enums.BandFormat.Ushort
            ? new(name, placement.Width, placement.Height, Collect<ushort>(picture, placement, channels, out roles), path, channels)
            : new(name, placement.Width, placement.Height, Collect<byte>(picture, placement, channels, out roles), path, channels);
        var wholeFile = new PixelPlacement(file.Width, file.Height, orientation);
        return new DecodedPicture(dataset, roles, wholeFile.Width, wholeFile.Height);
    }

    // The pixels are decoded in the file's order and stream past; each row goes straight to where the orientation puts it.
    private static T[] Collect<T>(Image image, PixelPlacement placement, int channels, out PixelRoleMap? roles)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T[] samples = GC.AllocateUninitializedArray<T>(checked(image.Width * image.Height * channels));
        int bands = image.Bands;
        PixelRoleMap? ignored = null;
        ImageRows.ForEach<T>(image, (y, row) =>
        {
            placement.PlaceRow(y, row, bands, samples, channels);
            for (int x = 0; bands > channels && x < placement.StoredWidth; x++)
                if (IsBelowHalf(row[x * bands + channels]))
                    (ignored ??= new PixelRoleMap(placement.Width * placement.Height))[placement[x, y]] = PixelRole.Ignored;
        });
        roles = ignored;
        return samples;
    }

    private static DecodedMask CollectMask(string path, Image file, int? maxSize)
    {
        using Image grey = PictureColor.ToMask(path, file);
        using Image mask = PictureShrinker.ShrinkMask(grey, maxSize);
        int orientation = OrientationOf(file);
        var placement = new PixelPlacement(mask.Width, mask.Height, orientation);
        var isBlack = new BitArray(placement.Width * placement.Height);
        if (mask.Format == Enums.BandFormat.Ushort)
            CollectMask<ushort>(mask, placement, isBlack);
        else
            CollectMask<byte>(mask, placement, isBlack);
        var wholeFile = new PixelPlacement(file.Width, file.Height, orientation);
        return new DecodedMask(isBlack, wholeFile.Width, wholeFile.Height);
    }

    private static void CollectMask<T>(Image mask, PixelPlacement placement, BitArray isBlack)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        ImageRows.ForEach<T>(mask, (y, row) =>
        {
            for (int x = 0; x < row.Length; x++)
                isBlack[placement[x, y]] = IsBelowHalf(row[x]);
        });

    private static bool IsBelowHalf<T>(T sample) where T : IBinaryInteger<T>, IMinMaxValue<T> => sample <= T.MaxValue >> 1;

    private static int OrientationOf(Image file) => file.Contains("orientation") ? (int)file.Get("orientation") : 1;

    private static PictureException Damaged(string path, string? format, Exception? exception) => new(PictureProblem.Damaged, path,
        $"'{path}' is cut short or damaged: {(format is null ? "it" : $"its {format} content")} cannot be decoded to the end. " +
        "Copy or download it again, or repair it with a picture editor.", exception);

    private static PictureException Unsupported(string path, string? format) => new(PictureProblem.UnsupportedFormat, path,
        $"'{path}' is {(format is null ? "of a format that" : $"a {format} file, which")} is not read here. " +
        "Convert it to PNG or JPEG first.");

    private static PictureException ReadFailed(string path, Exception exception) => new(PictureProblem.ReadFailed, path,
        $"'{path}' could not be read: {exception.Message} Check that no other program holds it and that its disk is still connected.",
        exception);

    /// <param name="Dataset">The picture, every pixel a training pixel.</param>
    /// <param name="Roles">The transparent pixels; null where there are none.</param>
    /// <param name="FileWidth">Pixels in a row before shrinking.</param>
    /// <param name="FileHeight">Rows before shrinking.</param>
    private sealed record DecodedPicture(PixelDataset Dataset, PixelRoleMap? Roles, int FileWidth, int FileHeight);

    /// <param name="IsBlack">For each pixel of the shrunk mask whether it is dark.</param>
    /// <param name="FileWidth">Pixels in a row before shrinking.</param>
    /// <param name="FileHeight">Rows before shrinking.</param>
    private sealed record DecodedMask(BitArray IsBlack, int FileWidth, int FileHeight);
}
