using MonaLisa.Engine;

// Each choice is called after its enumeration, because the name stands in the syntax of the command.
namespace MonaLisa.PowerShell.Choices;

/// <summary>A choice of what a neuron makes of the sum of its inputs.</summary>
/// <param name="Value">The value.</param>
public sealed record Activation(Engine.Activation Value) : Choice<Activation, Engine.Activation>(Value), ISetting;

/// <summary>A choice of what the first layer sees of a pixel's coordinates.</summary>
/// <param name="Value">The value.</param>
public sealed record Encoding(EncodingKind Value) : Choice<Encoding, EncodingKind>(Value), ISetting;

/// <summary>A choice of how a picture was made smaller.</summary>
/// <param name="Value">The value.</param>
public sealed record Kernel(ShrinkKernel Value) : Choice<Kernel, ShrinkKernel>(Value), ISetting;

/// <summary>A choice of how the weights are drawn.</summary>
/// <param name="Value">The value.</param>
public sealed record Initialization(WeightInitialization Value) : Choice<Initialization, WeightInitialization>(Value), ISetting;

/// <summary>A choice of a network of the 2012 program or its blog post.</summary>
/// <param name="Value">The value.</param>
public sealed record Preset(NetworkPreset Value) : Choice<Preset, NetworkPreset>(Value), ISetting;

/// <summary>A choice of how good the picture should be.</summary>
/// <param name="Value">The value.</param>
public sealed record Quality(TrainingQuality Value) : Choice<Quality, TrainingQuality>(Value), ISetting;

/// <summary>A choice of which pixels an epoch learns from.</summary>
/// <param name="Value">The value.</param>
public sealed record Sampling(PixelSampling Value) : Choice<Sampling, PixelSampling>(Value), ISetting;

/// <summary>A choice of how the gradient changes the weights.</summary>
/// <param name="Value">The value.</param>
public sealed record Optimizer(Engine.Optimizer Value) : Choice<Optimizer, Engine.Optimizer>(Value), ISetting;

/// <summary>A choice of how the learning rate changes during the run.</summary>
/// <param name="Value">The value.</param>
public sealed record Schedule(LearningRateSchedule Value) : Choice<Schedule, LearningRateSchedule>(Value), ISetting;

/// <summary>A choice of what training makes small.</summary>
/// <param name="Value">The value.</param>
public sealed record Loss(LossFunction Value) : Choice<Loss, LossFunction>(Value), ISetting;

/// <summary>A choice of what computes the matrix products.</summary>
/// <param name="Value">The value.</param>
public sealed record Provider(ComputeProvider Value) : Choice<Provider, ComputeProvider>(Value), ISetting;

/// <summary>A choice of the pixels that are held out.</summary>
/// <param name="Value">The value.</param>
public sealed record HoldOutPattern(Engine.HoldOutPattern Value) : Choice<HoldOutPattern, Engine.HoldOutPattern>(Value);

/// <summary>A choice of a model file's format.</summary>
/// <param name="Value">The value.</param>
public sealed record ModelFormat(Engine.ModelFormat Value) : Choice<ModelFormat, Engine.ModelFormat>(Value);

/// <summary>A choice of how weights are kept.</summary>
/// <param name="Value">The value.</param>
public sealed record ModelPrecision(Engine.ModelPrecision Value) : Choice<ModelPrecision, Engine.ModelPrecision>(Value);

/// <summary>A choice of a picture file's format.</summary>
/// <param name="Value">The value.</param>
public sealed record PictureFormat(PictureFileFormat Value) : Choice<PictureFormat, PictureFileFormat>(Value);

/// <summary>A choice of an animation's format.</summary>
/// <param name="Value">The value.</param>
public sealed record AnimationFormat(AnimationFileFormat Value) : Choice<AnimationFormat, AnimationFileFormat>(Value);

/// <summary>A choice of what is plotted of each epoch.</summary>
/// <param name="Value">The value.</param>
public sealed record PlotMetric(Engine.PlotMetric Value) : Choice<PlotMetric, Engine.PlotMetric>(Value);

/// <summary>A choice of what the horizontal axis shows.</summary>
/// <param name="Value">The value.</param>
public sealed record PlotAbscissa(Engine.PlotAbscissa Value) : Choice<PlotAbscissa, Engine.PlotAbscissa>(Value);

/// <summary>A choice of how an axis is divided.</summary>
/// <param name="Value">The value.</param>
public sealed record AxisScale(Engine.AxisScale Value) : Choice<AxisScale, Engine.AxisScale>(Value);

/// <summary>A choice of how a terminal is sent a picture.</summary>
/// <param name="Value">The value.</param>
public sealed record TerminalProtocol(TerminalProtocolChoice Value) : Choice<TerminalProtocol, TerminalProtocolChoice>(Value);
