using System.Globalization;
using System.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Reads pictures: JPEG, PNG, WebP, TIFF, GIF and AVIF, with any file name, as red, green and blue in sRGB, or as grey
/// where the file is grey. The orientation in the EXIF data is applied, colours are converted by the picture's ICC profile (relative
/// colorimetric, black point compensated), and of several pages the first is taken. Samples stay 8 or 16 bits. Pixels of alpha below
/// a half are ignored, and the others have their colours as if they were opaque, unless the alpha is kept.
/// </summary>
internal static class PictureReader
{
    private static readonly HashSet<string> Loaders =
    [
        "VipsForeignLoadJpegSource", "VipsForeignLoadPngSource", "VipsForeignLoadWebpSource", "VipsForeignLoadTiffSource",
        "VipsForeignLoadNsgifSource", "VipsForeignLoadHeifSource", "VipsForeignLoadUhdrSource",
    ];

    /// <summary>Reads a picture. It takes little more memory than the picture itself.</summary>
    /// <param name="path">The file; wildcard characters are taken literally.</param>
    /// <param name="maxSize">The most pixels along the longer side, or null; see <see cref="PictureReadOptions.MaxSize"/>.</param>
    /// <exception cref="PictureException">The file is not there, or is not a whole picture that can be read.</exception>
    public static PixelDataset Read(string path, int? maxSize = null) => Read(path, new PictureReadOptions { MaxSize = maxSize });

    /// <summary>
    /// Reads a picture with its alpha, a mask or held-out pixels. It takes little more memory than the picture itself, and four bytes
    /// for each pixel where some are not training pixels.
    /// </summary>
    /// <param name="path">The file; wildcard characters are taken literally.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="PictureException">
    /// The file or its mask is not there, or is not a whole picture that can be read; or the mask has another size than the picture;
    /// or the mask or the share holds out no pixel; or no training pixel is left.
    /// </exception>
    public static PixelDataset Read(string path, PictureReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options.HoldOut?.Validate();
        path = Path.GetFullPath(path);
        DecodedPicture picture = Decode(path, file => AnnouncesMuch(file, options.MaxSize),
            (file, facts) => CollectPicture(path, file, facts, options), options);
        PixelRoleMap? roles = picture.Roles;
        if (options.Mask is string mask)
            ApplyMask(path, Path.GetFullPath(mask), picture, options, roles ??= new PixelRoleMap(picture.Dataset.PixelCount));
        if (options.HoldOut is HoldOut holdOut)
        {
            int before = roles?.Count(PixelRole.HeldOut) ?? 0;
            HoldOutSelection.Mark(holdOut, picture.Dataset.Width, roles ??= new PixelRoleMap(picture.Dataset.PixelCount));
            if (roles.Count(PixelRole.HeldOut) == before)
                throw new PictureException(PictureProblem.NothingHeldOut, path, string.Create(CultureInfo.InvariantCulture,
                    $"'{path}' has {Counted.Text(roles.Count(PixelRole.Training), "pixel")} to learn from, and {holdOut.Fraction} of them is none to hold out. Hold out a larger share."));
        }
        if (roles is null)
            return picture.Dataset;
        if (roles.Count(PixelRole.Training) == 0)
            throw new PictureException(PictureProblem.NothingToLearn, path,
                $"'{path}' has no pixel to learn from: {Counted.All(roles.PixelCount)} transparent, black in the mask or held out. " +
                "Use another mask, hold out a smaller share, or keep the transparency as a channel.");
        return picture.Dataset.WithRoles(roles);
    }

    private static StoppableFile Open(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            throw new PictureException(PictureProblem.IsFolder, path,
                $"'{path}' is a folder, not a picture. Give the path of a picture in it.");
        try
        {
            // Opening a pipe would wait until another program writes to it.
            if (FileKind.IsSpecial(path))
                throw new PictureException(PictureProblem.ReadFailed, path,
                    $"'{path}' cannot be read: it {FileKind.SpecialText}. {FileKind.ReadRemedy}");
            var stream = new StoppableFile(path, cancellation);
            if (stream.CanSeek && stream.Length > 0)
                return stream;
            stream.Dispose();
            throw new PictureException(PictureProblem.Empty, path,
                $"'{path}' is empty. Copy or download it again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => new PictureException(PictureProblem.NotFound, path,
                    $"'{path}' does not exist. Check the name and the folder.", exception),
                UnauthorizedAccessException => new PictureException(PictureProblem.AccessDenied, path,
                    $"'{path}' cannot be read: access is denied. Change the file's permissions, or copy it to a folder of your own.",
                    exception),
                _ => ReadFailed(path, exception),
            };
        }
    }

    private static PictureHeader ReadHeader(string path, FileStream stream, PictureReadOptions options)
    {
        PictureHeader header;
        try
        {
            header = new PictureHeader(stream, options);
        }
        catch (IOException exception)
        {
            throw ReadFailed(path, exception);
        }
        if (header.Format is not null && !header.IsRead)
            throw Unsupported(path, header.Format);
        if (header.Facts.Unsupported is string reason)
            throw new PictureException(PictureProblem.UnsupportedFormat, path,
                $"'{path}' is a kind of {header.Format} that is not read here: {reason}. Convert it to PNG or JPEG first.");
        return header;
    }

    // Where the header announces much, the file is decoded once in advance, to see whether it holds as much, before memory is taken for it.
    private static TResult Decode<TResult>(
        string path, Predicate<Image> announcesMuch, Func<Image, FileFacts, TResult> collect, PictureReadOptions options)
    {
        using StoppableFile stream = Open(path, options.Cancellation);
        PictureHeader header = ReadHeader(path, stream, options);
        PictureLibrary.EnsureReady();
        bool isWhole = false;
        TResult? result = Decode(path, stream, header, (file, facts) =>
        {
            if (!announcesMuch(file))
                return collect(file, facts);
            ImageRows.RequireAll(file, options.Cancellation);
            isWhole = true;
            return default;
        }, options);
        if (!isWhole)
            return result!;
        return Decode(path, stream, header, collect, options);
    }

    private static TResult Decode<TResult>(
        string path, FileStream stream, PictureHeader header, Func<Image, FileFacts, TResult> collect, PictureReadOptions options)
    {
        var content = new PatchedStream(stream, header.Facts);
        var guard = new CallbackGuard();
        using var source = new SourceCustom();
        source.OnRead += (buffer, length) => (int)guard.Try(() => content.Read(buffer.AsSpan(0, length)));
        // A damaged file may have any effect on the decoder; that is not a failure of the disk.
        source.OnSeek += (offset, origin) => guard.Try(() =>
        {
            long start = origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => content.Position, _ => content.Length };
            long position = unchecked(start + offset);
            return position < 0 ? -1 : content.Position = position;
        });
        try
        {
            using Image stored = OpenImage(path, source, header, stream.Length, options.MaxPixels);
            if (header.Facts.Damage is not null)
                throw Damaged(path, header, null);
            using Image file = FileSamples.Normalize(stored, header.Facts);
            return collect(file, header.Facts);
        }
        catch (VipsException exception)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (guard.Error is Exception error)
                throw ReadFailed(path, error);
            throw PictureLibrary.MissingOperation(path, exception) ?? Damaged(path, header, exception);
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

    /// <summary>Whether a picture of the size in the file's header takes more memory than the header alone is trusted with.</summary>
    private static bool AnnouncesMuch(Image file, int? maxSize)
    {
        const long MostTrusted = 32 << 20;
        const int WidestTrusted = 16_384;
        double scale = maxSize is int side ? Math.Min(1, (double)side / Math.Max(file.Width, file.Height)) : 1;
        // Many rows are kept while one is shrunk.
        if (scale < 1 && file.Width > WidestTrusted)
            return true;
        return (double)file.Width * file.Height * scale * scale * PixelSize(file) > MostTrusted;
    }

    private static int PixelSize(Image file) => file.Bands * (file.Format == Enums.BandFormat.Uchar ? sizeof(byte) : sizeof(ushort));

    private static Image OpenImage(string path, Source source, PictureHeader header, long length, int maxPixels)
    {
        // Found before it is used, because the text of libvips' errors is shared by every thread and may be another's.
        string? loader = Image.FindLoadSource(source);
        if (loader is null && header.Format is not null)
            throw Damaged(path, header, null);
        if (loader is null)
            throw new PictureException(PictureProblem.NotAPicture, path,
                $"'{path}' is not a picture: its content is of no known format. Give a JPEG, PNG, WebP, TIFF, GIF or AVIF file.");
        if (!Loaders.Contains(loader))
            throw Unsupported(path, null);
        // TIFF's decoder gives black for what it cannot decode, unless its errors count.
        Image image = Image.NewFromSource(source, access: Enums.Access.Sequential,
            failOn: header.Format == "TIFF" ? Enums.FailOn.Error : Enums.FailOn.Truncated,
            kwargs: header.Facts.Page > 0 ? new VOption { { "page", header.Facts.Page } } : null);
        try
        {
            long pixels = (long)image.Width * image.Height;
            if (pixels > maxPixels)
                throw new PictureException(PictureProblem.TooLarge, path,
                    FormattableString.Invariant($"'{path}' has {image.Width} x {image.Height} pixels, {pixels:N0} in all; ") +
                    FormattableString.Invariant($"at most {maxPixels:N0} are read. {RemedyFor(pixels)}"));
            if (!header.CanHold(image.Width, image.Height, PixelSize(image), length))
                throw new PictureException(PictureProblem.Damaged, path,
                    FormattableString.Invariant($"'{path}' is damaged: it claims {image.Width} x {image.Height} pixels, more than its ") +
                    FormattableString.Invariant($"{length:N0} bytes can hold. Copy or download it again."));
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static string RemedyFor(long pixels) => pixels <= int.MaxValue
        ? $"Read it with New-PixelDataset -MaxPixels {pixels}, or shrink or crop it with a picture editor first."
        : "Shrink or crop it with a picture editor first.";

    private static DecodedPicture CollectPicture(string path, Image file, FileFacts facts, PictureReadOptions options)
    {
        using Image color = PictureColor.ToRgb(path, file);
        using Image small = PictureResampler.Shrink(color, options.MaxSize);
        PictureNotes.Add(options, path, file, small, facts);
        bool hasAlpha = small.Bands == PictureColor.Colors + 1, keepsAlpha = options.KeepAlpha && hasAlpha;
        using Image picture = PictureColor.IsGrey(file) && !keepsAlpha ? PictureColor.ToGrey(small) : small.Copy();
        int channels = hasAlpha && !keepsAlpha ? picture.Bands - 1 : picture.Bands;
        RequireRoom(path, picture.Width, picture.Height, channels);
        int orientation = OrientationOf(file);
        var placement = new PixelPlacement(picture.Width, picture.Height, orientation);
        string name = Path.GetFileNameWithoutExtension(path);
        PixelRoleMap? roles;
        PixelDataset dataset = picture.Format == Enums.BandFormat.Ushort
            ? new(name, placement.Width, placement.Height, Collect<ushort>(picture, placement, channels, options.Cancellation, out roles), path, channels)
            : new(name, placement.Width, placement.Height, Collect<byte>(picture, placement, channels, options.Cancellation, out roles), path, channels);
        var wholeFile = new PixelPlacement(file.Width, file.Height, orientation);
        return new DecodedPicture(dataset.WithResolution(PixelsPerInch(file)), roles, wholeFile.Width, wholeFile.Height);
    }

    private static void RequireRoom(string path, int width, int height, int channels)
    {
        long pixels = (long)width * height;
        if (pixels > PixelDataset.MaxPixelCount || pixels * channels > Array.MaxLength)
            throw new PictureException(PictureProblem.TooLarge, path,
                FormattableString.Invariant($"'{path}' has {width} x {height} pixels of {Counted.Text(channels, "channel")}; a dataset holds at most ") +
                FormattableString.Invariant($"{PixelDataset.MaxPixelCount:N0} pixels and {Array.MaxLength:N0} samples. ") +
                "Read it smaller, with New-PixelDataset -MaxSize.");
    }

    // libvips has one pixel a millimetre, or 2.834, where a file states nothing. Files state whole pixels a metre or an inch.
    private static double? PixelsPerInch(Image file)
    {
        const double millimetres = 25.4, nothing = 72;
        double resolution = file.Xres == 1 ? nothing : Math.Round(file.Xres * millimetres, 1);
        return resolution > 0 && Math.Abs(file.Xres - file.Yres) < 1e-3 * file.Xres ? resolution : null;
    }

    // The pixels are decoded in the file's order and stream past; each row goes straight to where the orientation puts it.
    private static T[] Collect<T>(
        Image image, PixelPlacement placement, int channels, CancellationToken cancellation, out PixelRoleMap? roles)
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
        }, cancellation);
        roles = ignored;
        return samples;
    }

    private static void ApplyMask(string path, string mask, DecodedPicture picture, PictureReadOptions options, PixelRoleMap roles)
    {
        ReadMask(mask, picture, options, roles);
        int heldOut = roles.Count(PixelRole.HeldOut);
        if (heldOut == 0)
            throw new PictureException(PictureProblem.NothingHeldOut, path,
                $"The mask '{mask}' holds out no pixel of '{path}': nothing in it is darker than half of white where the picture is opaque" +
                $"{(options.MaxSize is null ? "" : ", once both are made smaller")}. Paint black in it what is to be held out, or leave out the mask.");
        PictureNotes.AddMask(options, mask, heldOut);
    }

    // A mask takes no memory beside the roles, for any size in its header.
    private static void ReadMask(string path, DecodedPicture picture, PictureReadOptions options, PixelRoleMap roles) =>
        Decode(path, _ => false, (file, facts) =>
        {
            PictureNotes.AddWarnings(options, path, facts);
            var whole = new PixelPlacement(file.Width, file.Height, OrientationOf(file));
            using Image grey = PictureColor.ToMask(path, file);
            if ((whole.Width, whole.Height) != (picture.FileWidth, picture.FileHeight))
            {
                // Damage is reported first.
                ImageRows.RequireAll(grey, options.Cancellation);
                throw new PictureException(PictureProblem.MaskSizeMismatch, path,
                    $"The mask '{path}' is {whole.Width} x {whole.Height} pixels and the picture '{picture.Dataset.Path}' " +
                    $"{picture.FileWidth} x {picture.FileHeight}. Give a mask of the picture's own size.");
            }
            using Image mask = PictureResampler.ShrinkMask(grey, options.MaxSize);
            var placement = new PixelPlacement(mask.Width, mask.Height, OrientationOf(file));
            if (mask.Format == Enums.BandFormat.Ushort)
                HoldOutDark<ushort>(mask, placement, roles, options.Cancellation);
            else
                HoldOutDark<byte>(mask, placement, roles, options.Cancellation);
            return roles;
        }, options);

    private static void HoldOutDark<T>(Image mask, PixelPlacement placement, PixelRoleMap roles, CancellationToken cancellation)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        ImageRows.ForEach<T>(mask, (y, row) =>
        {
            for (int x = 0; x < row.Length; x++)
                if (IsBelowHalf(row[x]))
                    roles.HoldOut(placement[x, y]);
        }, cancellation);

    private static bool IsBelowHalf<T>(T sample) where T : IBinaryInteger<T>, IMinMaxValue<T> => sample <= T.MaxValue >> 1;

    /// <summary>The orientation in a file's EXIF data, 1 to 8.</summary>
    internal static int OrientationOf(Image file) => file.Contains("orientation") ? (int)file.Get("orientation") : 1;

    private static PictureException Damaged(string path, PictureHeader header, Exception? exception)
    {
        string what = header.Facts.Damage
            ?? (header.Format is null ? "it" : $"its {header.Format} content") + " cannot be decoded to the end";
        return new PictureException(PictureProblem.Damaged, path,
            $"'{path}' is cut short or damaged: {what}. Copy or download it again, or repair it with a picture editor.", exception);
    }

    private static PictureException Unsupported(string path, string? format) => new(PictureProblem.UnsupportedFormat, path,
        $"'{path}' is {(format is null ? "of a format that" : $"{PictureHeader.WithArticle(format)} file, which")} is not read here. " +
        "Convert it to PNG or JPEG first.");

    private static PictureException ReadFailed(string path, Exception exception) => new(PictureProblem.ReadFailed, path,
        $"'{path}' could not be read: {exception.Message} Check that no other program holds it and that its disk is still connected.",
        exception);

    /// <param name="Dataset">The picture, every pixel a training pixel.</param>
    /// <param name="Roles">The transparent pixels; null where there are none.</param>
    /// <param name="FileWidth">Pixels in a row before shrinking.</param>
    /// <param name="FileHeight">Rows before shrinking.</param>
    private sealed record DecodedPicture(PixelDataset Dataset, PixelRoleMap? Roles, int FileWidth, int FileHeight);
}
