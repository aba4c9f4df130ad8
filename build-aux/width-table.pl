#!/usr/bin/perl
# Prints lib/base/width_table.inc from perl's Unicode data.
use strict;
use warnings;
use Unicode::UCD;

sub table {
	my ($name, $comment, $wanted) = @_;
	my ($first, $last);
	my @ranges;
	for my $c (0x300 .. 0x3fffd) {
		next if $c >= 0xd800 && $c <= 0xdfff;
		if ($wanted->(chr $c)) {
			if (defined $first && $c == $last + 1) { $last = $c }
			else { push @ranges, [$first, $last] if defined $first; $first = $last = $c }
		}
	}
	push @ranges, [$first, $last] if defined $first;
	print "\n/* $comment */\nstatic const struct range ${name}[] = {\n";
	for (my $i = 0; $i < @ranges; $i += 4) {
		my $end = $i + 3 < $#ranges ? $i + 3 : $#ranges;
		print "\t", join(' ', map { sprintf '{0x%x, 0x%x},', @$_ } @ranges[$i .. $end]), "\n";
	}
	print "};\n";
}

printf "/*\n * Made by build-aux/width-table.pl from Unicode %s; don't edit.\n */\n",
	Unicode::UCD::UnicodeVersion();
print "/* clang-format off */\n";
table('zero_width', 'Combining marks (Mn, Me) and the conjoining Hangul vowels and finals.',
	sub { $_[0] =~ /[\p{Mn}\p{Me}\x{1160}-\x{11ff}]/ });
table('double_width', 'East Asian Width W and F (UAX #11), emoji included.',
	sub { $_[0] =~ /[\p{East_Asian_Width=W}\p{East_Asian_Width=F}]/ && $_[0] !~ /\p{Mn}/ });
